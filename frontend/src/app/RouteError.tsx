import { Component, type ReactNode } from 'react';
import { Banner } from '../components/ui/Banner';
import { Button } from '../components/ui/Button';
import { PageTitle } from '../components/ui/PageTitle';
import { t } from '../i18n/common';

/** Catches what a page throws while it is drawn; the rest of the app stays. */
export class RouteError extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <main id="content" className="mx-auto w-full max-w-md space-y-6 p-6 pt-16">
        <PageTitle>{t('route.error.title')}</PageTitle>
        <Banner kind="danger">{t('route.error.text')}</Banner>
        <div className="flex flex-wrap gap-3">
          <Button onClick={() => this.setState({ error: null })}>{t('app.retry')}</Button>
          <Button variant="secondary" onClick={() => location.reload()}>
            {t('route.error.reload')}
          </Button>
        </div>
      </main>
    );
  }
}
