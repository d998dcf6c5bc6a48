/** What people may do; each role includes the ones before it. */
export const roles = ['submit', 'review', 'operate'] as const;

export type Role = (typeof roles)[number];

/** Whether somebody of a role may do what needs another. */
export function includes(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** The role that a word names; undefined: none. */
export function roleOf(word: string | undefined): Role | undefined {
  return roles.find((role) => role === word);
}
