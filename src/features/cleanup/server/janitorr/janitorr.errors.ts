import { problems } from '#server/platform/problem.ts';

export const { orRefuse } = problems({
  'janitorr.too-large': [413, 'This is longer than any file of Janitorr'],
  'janitorr.not-yaml': [400, 'This is no YAML; `line` says where reading ended'],
  'janitorr.nothing-known': [400, 'There is no key of Janitorr in this'],
});
