import { AccountCard } from '../components/account/AccountCard';
import { ChangePassword } from '../components/account/ChangePassword';
import { Devices } from '../components/account/Devices';
import { Section } from '../components/account/Section';
import { ThemeChoice } from '../components/account/ThemeChoice';
import { PlainLayout } from '../components/ui/PlainLayout';
import { useSession } from '../hooks/useSession';
import { t } from '../i18n/account';

/** The account: who, how it looks, the password, the devices. */
export function SettingsPage() {
  const user = useSession();
  if (!user) return null;
  return (
    <PlainLayout title={t('account.title')}>
      <Section id="account" title={t('account.you')}>
        <AccountCard user={user} />
      </Section>
      <Section id="appearance" title={t('look.title')}>
        <ThemeChoice labelledBy="appearance" />
      </Section>
      <Section id="change-password" title={t('change.title')}>
        <ChangePassword user={user} />
      </Section>
      <Section id="devices" title={t('devices.title')}>
        <Devices />
      </Section>
    </PlainLayout>
  );
}
