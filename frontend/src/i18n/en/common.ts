/** Texts that every page shares. */
export const common = {
  'app.name': 'Task Management System',
  'app.short': 'Tasks',
  'app.title': '{page} – Task Management System',
  'app.title.error': 'Error: {title}',
  'app.skip': 'Skip to the content',
  'app.help': 'Help',
  'app.back': 'Back to your tasks',
  'app.loading': 'Loading',
  'app.close': 'Close',
  'app.dismiss': 'Dismiss',
  'app.retry': 'Try again',
  'app.undo': 'Undo',
  'app.cancel': 'Cancel',
  'app.save': 'Save',
  'app.more': 'More',
  'app.messages': 'Messages',

  'summary.title': 'There is a problem',
  'error.prefix': 'Error:',

  'error.offline':
    'The server could not be reached. What you typed is still here. Check the connection, then try again.',
  'error.timeout': 'The server took too long to answer. What you typed is still here. Try again in a moment.',
  'error.server': 'Something went wrong on the server. Nothing you typed is lost. Try again in a moment.',
  'error.server.reference':
    'Something went wrong on the server. Nothing you typed is lost. Try again in a moment. (Reference {id})',
  'error.throttled': 'Too many attempts from here. Try again in {wait}.',
  'error.notSignedIn': 'You are logged out. Log in to go on.',
  'error.forbidden': 'You may look at this, but not change it.',
  'error.notFound': 'This is not here any more.',
  'error.invalid': 'The server did not accept this. Check what you entered.',

  'wait.seconds': { one: '{n} second', other: '{n} seconds' },
  'wait.minutes': { one: '{n} minute', other: '{n} minutes' },
  'wait.hours': { one: '{n} hour', other: '{n} hours' },

  'route.error.title': 'This page could not be shown',
  'route.error.text': 'Something in it broke. Your tasks are safe on the server.',
  'route.error.reload': 'Load the page again',

  'notFound.title': 'Page not found',
  'notFound.text': 'There is nothing at this address. It may have been typed wrong, or the page has moved.',
  'notFound.home': 'Go to your tasks',

  'banner.offline': 'No connection to the server. Trying again by itself.',
  'banner.waking': 'Waking up the database, about {n} seconds. Nothing is lost.',
  'banner.waking.progress': 'Waking up the database',
} as const;
