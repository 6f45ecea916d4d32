/**
 * The form in which texts are compared when searching: compatibility forms unified, accents and
 * case gone, so that "cafe" finds "Café". Runs of white space count as one.
 */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(kMarks, '').toLowerCase().replace(/\s+/gu, ' ');
}

/** Folded descriptions, remembered per object: ten thousand foldings cost more than a frame. */
export function foldedDescription(task: { description: string }): string {
  const known = kFolded.get(task);
  if (known !== undefined) return known;
  const folded = fold(task.description);
  kFolded.set(task, folded);
  return folded;
}

const kMarks = /\p{M}+/gu;
const kFolded = new WeakMap<object, string>();
