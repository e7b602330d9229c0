export const SIGN_IN_PATH = '/sign-in';
/** Where one arrives. */
export const HOME_PATH = '/settings';
