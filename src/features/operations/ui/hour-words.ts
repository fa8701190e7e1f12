/** "14:00": the beginning of an hour, as a clock shows it. */
export const hourText = (hour: Date, locale: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(hour);
