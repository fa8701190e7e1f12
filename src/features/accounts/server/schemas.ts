import { z } from 'zod';
import { isUsername, roles } from '../core/person.ts';

const username = z.string().trim().min(3).max(30).refine(isUsername, 'bad-format');

const password = z.string().min(10).max(200);

const email = z.preprocess((value) => (value === '' ? undefined : value), z.email().optional());

export const signInSchema = z.object({
  login: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(200),
});

export const setupSchema = z.object({ username, password, email });

export const welcomeForm = setupSchema
  .extend({ passwordAgain: z.string(), locale: z.string().optional() })
  .refine((form) => form.password === form.passwordAgain, {
    path: ['passwordAgain'],
    message: 'password-mismatch',
  });

export const passwordForm = z
  .object({
    currentPassword: z.string().min(1).max(200),
    newPassword: password,
    newPasswordAgain: z.string(),
  })
  .refine((form) => form.newPassword === form.newPasswordAgain, {
    path: ['newPasswordAgain'],
    message: 'password-mismatch',
  });

export const newPersonSchema = setupSchema.extend({ role: z.enum(roles) });

export const roleSchema = z.object({ role: z.enum(roles) });

export const apiKeySchema = z.object({ name: z.string().trim().min(1).max(60) });

export const personIdForm = z.object({ id: z.string().min(1) });
export const personRoleForm = roleSchema.extend({ id: z.string().min(1) });
export const apiKeyIdForm = z.object({ id: z.string().min(1) });
