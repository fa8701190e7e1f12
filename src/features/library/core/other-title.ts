const folded = (title: string): string => title.trim().toLowerCase().normalize('NFC');

/** The original title, where it is another one; null when it says the same again, or nobody told it. */
export const otherTitle = (title: string, original: string | null | undefined): string | null => {
  const told = original?.trim() ?? '';
  return told === '' || folded(told) === folded(title) ? null : told;
};
