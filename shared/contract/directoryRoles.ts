/** Template ids of directory roles, as a token lists them in `wids`. Source: Entra's built-in role reference. */
export const directoryRoles = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Intune Administrator': '3a2c62db-5318-420d-8d74-23affee5d9d5',
  'Windows 365 Administrator': '11451d60-acb2-45eb-a7d6-43d0f0125c13',
  'Cloud Device Administrator': '7698a772-787b-4ac8-901f-60d6b08affd2',
} as const;

export type DirectoryRole = keyof typeof directoryRoles;

/** The roles that may create devices, and change whose they are (docs/sources.md, rows 3 and 26). */
export const deviceRoles: readonly DirectoryRole[] = [
  'Global Administrator',
  'Intune Administrator',
  'Windows 365 Administrator',
];
