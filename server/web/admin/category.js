/** How a category of documents is written, as the server takes it: small letters, digits, - and _. */

export const CATEGORY = /^[a-z0-9][a-z0-9_-]{0,62}$/;

/**
 * A category from what somebody typed.
 * @param {string} text
 */
export function categoryOf(text) {
  return text.trim().toLowerCase().replaceAll(/[^a-z0-9_-]+/g, "_").replaceAll(/^[_-]+|_+$/g, "").slice(0, 63);
}
