import { problems } from '#server/platform/problem.ts';

export const { orRefuse } = problems({
  'operations.job-not-found': [404, 'There is no such job'],
  'operations.job-not-retriable': [409, 'Only a job that failed or was cancelled can be tried again'],
  'operations.job-same-waits': [409, 'Another job for the same thing waits already'],
  'operations.job-over': [409, 'The job is over and cannot be cancelled any more'],
  'operations.job-not-waiting': [409, 'Only a job that waits has a priority that can be changed'],
});
