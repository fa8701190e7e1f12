import type { Language } from './channel.ts';

/** What is said, before it takes the form of any service. Texts are plain: whoever renders them escapes them. */
export type Message = {
  language: Language;
  title: string;
  lines: readonly MessageLine[];
  link: MessageLink | null;
  isUrgent: boolean;
};

export type MessageLine = { text: string; link?: MessageLink };
export type MessageLink = { label: string; url: string };
