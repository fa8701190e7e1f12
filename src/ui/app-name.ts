/** A name and no text: it is the same in every language. */
export const APP_NAME = 'KeeperCheky';
