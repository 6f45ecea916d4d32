import { Monitor, Moon, Sun } from 'lucide-react';
import { useStore } from '../../hooks/useStore';
import { t } from '../../i18n/account';
import { chooseTheme, theme } from '../../services/theme';
import { Icon } from '../ui/icons';

const choices = [
  { value: 'system', label: t('look.system'), icon: Monitor },
  { value: 'light', label: t('look.light'), icon: Sun },
  { value: 'dark', label: t('look.dark'), icon: Moon },
] as const;

/** Light, dark, or like the device. */
export function ThemeChoice({ labelledBy }: { labelledBy: string }) {
  const chosen = useStore(theme);
  return (
    <div role="radiogroup" aria-labelledby={labelledBy} className="flex flex-wrap gap-2">
      {choices.map(({ value, label, icon }) => (
        <label
          key={value}
          className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-control border border-control px-3 transition hover:bg-surface has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name="theme"
            value={value}
            checked={chosen === value}
            onChange={() => chooseTheme(value)}
            className="size-4 accent-accent"
          />
          <Icon of={icon} />
          {label}
        </label>
      ))}
    </div>
  );
}
