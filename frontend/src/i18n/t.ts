import { en } from './en';

type Entry = string | { readonly one: string; readonly other: string };
type Text<E> = E extends string ? E : E extends { readonly other: infer O } ? O : never;
type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Values<N extends string> = { readonly [Key in N]: string | number };

/** A key of the table of texts. */
export type TextKey = keyof typeof en;
type NamesOf<K extends TextKey> = Names<Text<(typeof en)[K]>>;
type Arguments<K extends TextKey> = [NamesOf<K>] extends [never] ? [] : [values: Values<NamesOf<K>>];

const plural = new Intl.PluralRules('en');

/**
 * The text of `key` with `{name}` replaced by `values.name`. An entry with `one` and `other` is chosen by `values.n`.
 * Names that the text uses are required by the type, so a missing one does not compile.
 */
export function t<K extends TextKey>(key: K, ...[values]: Arguments<K>): string {
  const entry: Entry = en[key];
  const given = values as Record<string, string | number> | undefined;
  const text = typeof entry === 'string' ? entry : plural.select(Number(given?.n)) === 'one' ? entry.one : entry.other;
  return given ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(given[name] ?? whole)) : text;
}
