import { useAnnouncement } from '../../hooks/useAnnounce';

/** Where announcements are put for screen readers. */
export function LiveRegion() {
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {useAnnouncement()}
    </p>
  );
}
