import { useQuery } from '@tanstack/react-query';
import { FolderOpen } from 'lucide-react';
import { Fragment } from 'react';
import { t } from '../../i18n/auth';
import { serverConfig } from '../../services/serverConfig';
import { Banner } from '../ui/Banner';

/** Where to look for the mail when the server writes it to a folder. Nothing when it has a mail server. */
export function MailHint() {
  const { data } = useQuery({
    queryKey: ['config'],
    queryFn: serverConfig,
    staleTime: ({ state }) => (state.data ? Number.POSITIVE_INFINITY : 0),
  });
  if (!data?.mail_folder) return null;
  return (
    <Banner icon={FolderOpen}>
      <p>{t('mail.folder')}</p>
      <p className="mt-1 font-mono text-caption select-all">{breakable(data.mail_folder)}</p>
    </Banner>
  );
}

/** A path that may break after each slash, and is copied as it is. */
function breakable(path: string) {
  return path.split(/(?<=[/\\])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a path never move
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}
