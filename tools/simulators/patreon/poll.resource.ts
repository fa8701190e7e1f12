import type { Post } from '../../seed/patreon/patronage.ts';
import type { Patreon } from './house.ts';
import { many, one, type Resource } from './jsonapi.ts';

/** The names of these attributes are not confirmed by any tool that we have read. */
export function pollResources({ patronage }: Patreon, { poll }: Post): Resource[] {
  if (!poll) return [];
  const chosen = poll.choices.find(({ id }) => id === poll.chosen);
  return [
    {
      type: 'poll',
      id: poll.id,
      attributes: {
        question_text: poll.question,
        question_type: 'multiple_choice',
        num_responses: poll.choices.reduce((sum, { responses }) => sum + responses, 0),
        closes_at: poll.closesAt,
      },
      relationships: {
        choices: many(poll.choices.map(({ id }) => ({ type: 'poll_choice', id }))),
        current_user_responses: many(chosen ? [{ type: 'poll_response', id: responseId(poll.id) }] : []),
      },
    },
    ...poll.choices.map(({ id, text, responses }, position): Resource => ({
      type: 'poll_choice',
      id,
      attributes: { text_content: text, num_responses: responses, position, choice_type: 'toggle' },
      relationships: { poll: one({ type: 'poll', id: poll.id }) },
    })),
    ...(chosen ? [responseResource(poll.id, chosen.id, patronage.viewer.id)] : []),
  ];
}

const responseId = (pollId: string): string => `${pollId}9`;

const responseResource = (pollId: string, choiceId: string, viewerId: string): Resource => ({
  type: 'poll_response',
  id: responseId(pollId),
  attributes: {},
  relationships: {
    choice: one({ type: 'poll_choice', id: choiceId }),
    poll: one({ type: 'poll', id: pollId }),
    user: one({ type: 'user', id: viewerId }),
  },
});
