import HardDrive from '@lucide/svelte/icons/hard-drive';
import ListVideo from '@lucide/svelte/icons/list-video';
import Tag from '@lucide/svelte/icons/tag';
import UserCheck from '@lucide/svelte/icons/user-check';
import type { PolicyKind } from '../core/policy/policy.ts';

/** A sign for each kind of policy, the same on the choice, the form and the card. */
export const kindIcons: Readonly<Record<PolicyKind, typeof HardDrive>> = {
  'disk-pressure': HardDrive,
  tag: Tag,
  watched: UserCheck,
  episodes: ListVideo,
};
