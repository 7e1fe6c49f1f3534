/** Isolates a name's writing direction from the sentence around it (UAX #9: FSI, PDI). */
export const bidiIsolate = (name: string) => `\u2068${name}\u2069`;
