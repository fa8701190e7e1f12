import { json, type Reply } from '../http.ts';

export const problem = (status: number, message: string, code: string | null = null): Reply =>
  json(status, { error: { message, type: 'invalid_request_error', param: null, code } });
