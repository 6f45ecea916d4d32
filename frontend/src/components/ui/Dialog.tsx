import { clsx } from 'clsx';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';

export interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  /** Esc, the close button of a child, or a press beside the dialog. Without it the dialog cannot be left that way. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
  readonly className?: string;
}

/**
 * A modal dialog on the native element: inert background, Esc and the focus back at the opener are built in. A control
 * with `data-autofocus` gets the focus first.
 */
export function Dialog({ open, title, onClose, children, className }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || element.open === open) return;
    if (!open) return element.close();
    element.showModal();
    // Without a mark the browser takes the first control.
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, [open]);
  // Taken off the page while open it would not give the focus back: only close() does.
  useLayoutEffect(() => {
    const element = dialog.current;
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the keyboard's way, `onCancel` hears it
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose?.();
      }}
      className={clsx(
        'm-auto w-[min(26rem,calc(100vw-2rem))] max-w-none rounded-card border border-line bg-raised p-0 text-text shadow-raised open:animate-rise backdrop:animate-appear',
        className,
      )}
    >
      {open && (
        <div className="p-6">
          <h2 id={titleId} className="text-section font-semibold">
            {title}
          </h2>
          {children}
        </div>
      )}
    </dialog>
  );
}
