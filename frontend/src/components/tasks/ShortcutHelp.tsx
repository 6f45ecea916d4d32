import { chooseSingleKeys, shortcuts, singleKeys } from '../../hooks/useShortcuts';
import { useStore } from '../../hooks/useStore';
import { t } from '../../i18n/tasks';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';

/** Every key, from the table that also listens to them. */
export function ShortcutHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const single = useStore(singleKeys);
  return (
    <Dialog
      open={open}
      title={t('keys.title')}
      onClose={onClose}
      className="max-h-[calc(100dvh-2rem)] w-[min(30rem,calc(100vw-2rem))]"
    >
      <label className="mt-4 flex min-h-11 items-start gap-3">
        <input
          type="checkbox"
          checked={single}
          onChange={(event) => chooseSingleKeys(event.target.checked)}
          className="mt-0.5 size-5 accent-accent"
        />
        <span>
          {t('keys.single')}
          <span className="block text-muted text-second">{t('keys.single.hint')}</span>
        </span>
      </label>
      <dl className="mt-2 border-line border-t">
        {shortcuts.map(({ id, keys, text }) => (
          <div key={id} className="flex items-center justify-between gap-4 border-line border-b py-2">
            <dt>{t(text)}</dt>
            <dd className="flex shrink-0 items-center gap-1.5 text-muted text-second">
              {keys.map((chord, at) => (
                <span key={chord} className="contents">
                  {at > 0 && t('keys.or')}
                  <Chord text={chord} />
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Button variant="secondary" full className="mt-4" onClick={onClose}>
        {t('app.close')}
      </Button>
    </Dialog>
  );
}

/** `g i` is two keys one after the other, `Mod+k` two at once. */
function Chord({ text }: { text: string }) {
  const parts = text.split(/[ +]/);
  return (
    <span className="inline-flex items-center gap-1">
      {parts.map((part, at) => (
        <span key={part} className="contents">
          {at > 0 && text.includes(' ') && t('keys.then')}
          <kbd className="inline-flex min-h-7 min-w-7 items-center justify-center rounded-control border border-line bg-surface px-1.5 font-sans text-caption text-text">
            {names[part] ?? part.toUpperCase()}
          </kbd>
        </span>
      ))}
    </span>
  );
}

const names: Record<string, string> = {
  Mod: 'Ctrl',
  ArrowDown: '↓',
  ArrowUp: '↑',
  Enter: 'Enter',
  Delete: 'Delete',
};
