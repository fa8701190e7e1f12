import { z } from 'zod';
import { roles } from '../core/person.ts';

/* The messages are codes; the pages turn them into sentences. */

const username = z
  .string()
  .trim()
  .min(3, 'username_short')
  .max(30, 'username_long')
  .regex(/^[\p{L}\p{N}._-]+$/u, 'username_characters');

const password = z.string().min(8, 'password_short').max(200, 'password_long');

const email = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z.email('email_wrong').optional(),
);

export const signInSchema = z.object({
  login: z.string().trim().min(1, 'required').max(200, 'too_long'),
  password: z.string().min(1, 'required').max(200, 'too_long'),
});

export const setupSchema = z.object({ username, password, email });

export const welcomeForm = setupSchema
  .extend({ passwordAgain: z.string() })
  .refine((form) => form.password === form.passwordAgain, { path: ['passwordAgain'], message: 'password_differs' });

export const newPersonSchema = setupSchema.extend({ role: z.enum(roles) });

export const roleSchema = z.object({ role: z.enum(roles) });

export const apiKeySchema = z.object({ name: z.string().trim().min(1, 'required').max(60, 'too_long') });
