import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { paths } from '../../app/paths';
import { t } from '../../i18n/common';
import { Footer } from './Footer';
import { Icon, Mark } from './icons';
import { PageTitle } from './PageTitle';

/** A page beside the list: the way back on top, one reading column, help at the foot. */
export function PlainLayout({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto flex w-full flex-1 max-w-180 flex-col px-5 sm:px-8">
      <header className="flex items-center justify-between pt-4 sm:pt-8">
        <Link
          to={paths.home}
          className="-ml-2 inline-flex min-h-11 items-center gap-2 rounded-control px-2 text-muted hover:bg-surface hover:text-text"
        >
          <Icon of={ArrowLeft} />
          {t('app.back')}
        </Link>
        <Mark size={28} />
      </header>
      <main id="content" tabIndex={-1} className="flex-1 pt-6 pb-12">
        <PageTitle>{title}</PageTitle>
        <div className="mt-6 space-y-8">{children}</div>
      </main>
      <Footer />
    </div>
  );
}
