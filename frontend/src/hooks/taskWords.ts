import { t } from '../i18n/tasks';
import { codePoints, kDescriptionLimit, type Task } from '../lib/tasks/task';

/** The name of a task in labels and messages: its first line, cut before it becomes a paragraph. */
export function nameOfTask({ description }: Pick<Task, 'description'>): string {
  const line = description.split('\n', 1)[0] ?? '';
  const points = [...line];
  return points.length > kShort ? `${points.slice(0, kShort).join('').trimEnd()}…` : line;
}

const kShort = 48;

/** What is wrong with a description, or nothing. `empty` says what to do about no words at all. */
export function problemOfDescription(value: string, empty: string): string | undefined {
  const text = value.trim();
  if (text === '') return empty;
  const n = codePoints(text);
  if (n <= kDescriptionLimit) return undefined;
  return t('add.tooLong', { limit: kDescriptionLimit, n, over: n - kDescriptionLimit });
}
