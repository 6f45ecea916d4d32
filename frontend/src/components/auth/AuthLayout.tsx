import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { paths } from '../../app/paths';
import { t } from '../../i18n/auth';
import { Footer } from '../ui/Footer';
import { Mark } from '../ui/icons';
import { PageTitle } from '../ui/PageTitle';
import { Sheet } from './Sheet';

export interface AuthLayoutProps {
  readonly title: string;
  readonly hasErrors?: boolean;
  /** One or two sentences under the title. */
  readonly intro?: ReactNode;
  /** The other ways out, below the form. */
  readonly links?: ReactNode;
  readonly children: ReactNode;
}

/** One column for one form: the name of the product on top, help at the bottom, calm space at the right. */
export function AuthLayout({ title, hasErrors, intro, links, children }: AuthLayoutProps) {
  return (
    <div className="flex flex-1 lg:grid lg:grid-cols-[minmax(36rem,1fr)_minmax(0,1fr)]">
      <div className="flex w-full flex-col px-5 pb-4 sm:px-8 lg:items-center">
        <div className="mx-auto flex w-full max-w-100 flex-1 flex-col">
          <header className="pt-6 sm:pt-10">
            <Link
              to={paths.home}
              className="-ml-1 inline-flex min-h-11 max-w-full flex-wrap items-center gap-x-3 rounded-control px-1 font-semibold"
            >
              <Mark size={28} />
              {t('app.name')}
            </Link>
          </header>
          <main id="content" tabIndex={-1} className="flex-1 pt-10 pb-12 sm:pt-16">
            <PageTitle hasErrors={hasErrors}>{title}</PageTitle>
            {intro && <div className="mt-2 text-muted">{intro}</div>}
            <div className="mt-6">{children}</div>
            {links && <div className="mt-8 space-y-1 border-t border-line pt-5">{links}</div>}
          </main>
          <Footer />
        </div>
      </div>
      <Sheet />
    </div>
  );
}
