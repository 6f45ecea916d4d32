import { clsx } from 'clsx';
import { useAfter } from '../../hooks/useAfter';
import { t } from '../../i18n/tasks';
import { VisuallyHidden } from '../ui/VisuallyHidden';

/** A wait shorter than this shows nothing: flashing grey would make it feel longer (milliseconds). */
const kPatience = 300;

const widths = ['w-3/5', 'w-2/5', 'w-4/5', 'w-1/2', 'w-2/3', 'w-1/3'];

/** Rows in the shape of rows, so that nothing moves when the tasks arrive. */
export function TaskSkeleton() {
  const shown = useAfter(true, kPatience);
  return (
    <div aria-busy="true">
      <VisuallyHidden>{t('tasks.loading')}</VisuallyHidden>
      {shown && (
        <div aria-hidden="true" className="-mx-2.5 animate-appear">
          {widths.map((width) => (
            <div key={width} className="flex items-center gap-1 pr-2.5">
              <span className="flex size-11 items-center justify-center">
                <span className="size-6 rounded-full border-2 border-line" />
              </span>
              <span className="flex h-12 flex-1 items-center border-line border-b">
                <span className={clsx('h-3 rounded-full bg-line', width)} />
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
