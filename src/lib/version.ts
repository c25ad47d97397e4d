/** Which Cardigan this is: that of package.json, and of the newest entry of CHANGELOG.md, as a test holds. */
export const VERSION = '1.0.0';
