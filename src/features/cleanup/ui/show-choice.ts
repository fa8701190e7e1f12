/** A series as the form names it: its title and year, and its service where two have the same. */
export type ShowChoice = { id: string; name: string };

type Show = { id: string; title: string; year: number | null; serviceName: string };

export function showChoices(shows: readonly Show[]): ShowChoice[] {
  const titled = shows.map((show) => ({
    ...show,
    name: show.year === null ? show.title : `${show.title} (${show.year})`,
  }));
  const counts = new Map<string, number>();
  for (const { name } of titled) counts.set(name, (counts.get(name) ?? 0) + 1);
  return titled.map(({ id, name, serviceName }) => ({
    id,
    name: (counts.get(name) ?? 0) > 1 ? `${name} · ${serviceName}` : name,
  }));
}

/** The series that was meant: its whole name in any case, or the only one whose title begins like that. */
export function showCalled(typed: string, shows: readonly ShowChoice[]): ShowChoice | null {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return null;
  const whole = shows.find(({ name }) => name.toLowerCase() === wanted);
  if (whole) return whole;
  const [first, ...others] = shows.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  return first && others.length === 0 ? first : null;
}
