/** Texts of the settings page and the help page. */
export const account = {
  'account.title': 'Settings',
  'account.you': 'Account',
  'account.since': 'Since {date}',
  'account.logout': 'Log out',
  'account.logout.failed': 'You are still logged in: {reason}',

  'look.title': 'Appearance',
  'look.system': 'Like the device',
  'look.light': 'Light',
  'look.dark': 'Dark',

  'change.title': 'Change password',
  'change.current': 'Current password',
  'change.current.required': 'Enter your current password',
  'change.current.wrong': 'This is not your current password',
  'change.submit': 'Change password',
  'change.done': 'Your password is changed. Other devices were logged out.',
  'change.note': 'Your other devices are logged out.',

  'devices.title': 'Devices',
  'devices.text': 'Where you are logged in. Log out what you do not know, then change your password.',
  'devices.current': 'This device',
  'devices.seen': 'Last used {when}',
  'devices.since': 'logged in {when}',
  'devices.unknown': 'Unknown device',
  'devices.name': '{browser} on {system}',
  'devices.end': 'Log out',
  'devices.end.name': 'Log out {device}, last used {when}',
  'devices.ended': '{device} was logged out.',
  'devices.endAll': 'Log out everywhere',
  'devices.endAll.title': 'Log out everywhere?',
  'devices.endAll.text': 'All devices are logged out, this one too. Your tasks stay.',
  'devices.failed': 'The list of devices could not be loaded.',

  'help.title': 'Help',
  'help.code.title': 'The code does not arrive',
  'help.code.text':
    'It takes up to a minute. Look in the spam folder, and check the address on the page that asks for the code. A new code makes the old one useless, so use the newest.',
  'help.account.title': 'I cannot log in',
  'help.account.text':
    'Log in with your user name or your e-mail address. If the password is lost, set a new one: we send a code to your address.',
  'help.tasks.title': 'Something I deleted is gone',
  'help.tasks.text':
    'Press “Undo” in the message below the list, or Ctrl+Z, right after it. Nothing is asked first, because everything can be undone.',
  'help.device.title': 'A device that I do not know',
  'help.device.text':
    'Open Settings, log that device out, and change your password. All other devices are logged out by that.',
} as const;
