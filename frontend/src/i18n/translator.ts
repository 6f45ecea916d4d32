type Entry = string | { readonly one: string; readonly other: string };
type Table = Readonly<Record<string, Entry>>;
type Text<E> = E extends string ? E : E extends { readonly other: infer O } ? O : never;
type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Values<N extends string> = { readonly [Key in N]: string | number };
type Arguments<E> = [Names<Text<E>>] extends [never] ? [] : [values: Values<Names<Text<E>>>];

/** Made when it is first needed: it costs more than all texts of a page. */
let plural: Intl.PluralRules | undefined;

/**
 * Makes the `t` of an area: `t(key, values)` is the text of `key` with `{name}` replaced by `values.name`. An entry with
 * `one` and `other` is chosen by `values.n`. Names that a text uses are required by the type, so that a missing one does
 * not compile. One table per area keeps the texts of a page out of the chunks of the others.
 */
export function translator<T extends Table>(texts: T) {
  return <K extends keyof T>(key: K, ...[values]: Arguments<T[K]>): string => {
    const entry: Entry | undefined = texts[key];
    const given = values as Record<string, string | number> | undefined;
    if (entry === undefined) return String(key);
    const text = typeof entry === 'string' ? entry : entry[isOne(given?.n) ? 'one' : 'other'];
    return given ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(given[name] ?? whole)) : text;
  };
}

function isOne(n: string | number | undefined): boolean {
  plural ??= new Intl.PluralRules('en');
  return plural.select(Number(n)) === 'one';
}
