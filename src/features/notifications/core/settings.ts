export type NotificationSettings = {
  /** How people reach the pages from outside, without a slash at the end. Links in messages begin with it. */
  publicUrl: string | null;
  /** So many days an item stays when somebody presses "keep", counted from the day it would have gone. */
  keepDays: number;
};

export const usualSettings: NotificationSettings = { publicUrl: null, keepDays: 90 };
