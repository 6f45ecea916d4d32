import { useEffect } from 'react';
import { t } from '../i18n/common';

/** Names the page in the tab and to screen readers; `hasErrors` puts "Error: " in front (GOV.UK). */
export function useDocumentTitle(page: string, hasErrors = false): void {
  useEffect(() => {
    const title = t('app.title', { page });
    document.title = hasErrors ? t('app.title.error', { title }) : title;
  }, [page, hasErrors]);
}
