import { PlainLayout } from '../components/ui/PlainLayout';
import { t } from '../i18n/account';

const answers = [
  [t('help.code.title'), t('help.code.text')],
  [t('help.account.title'), t('help.account.text')],
  [t('help.tasks.title'), t('help.tasks.text')],
  [t('help.device.title'), t('help.device.text')],
] as const;

/** Short answers to what goes wrong most. */
export function HelpPage() {
  return (
    <PlainLayout title={t('help.title')}>
      {answers.map(([title, text]) => (
        <section key={title}>
          <h2 className="text-section font-semibold">{title}</h2>
          <p className="mt-1 max-w-140">{text}</p>
        </section>
      ))}
    </PlainLayout>
  );
}
