/** What DIP takes with all its services at work, and half as much again for people. */
const leastOpenFiles = 256;

/** Where there is less, nothing is left to be loaded when it is first needed: it could not be opened then. */
const plenty = 4096;

/** How many files and connections this process may have open at once; infinite where the system says no limit. */
export function openFilesLimit(): number {
  const report: {userLimits?: {open_files?: {soft: unknown}}} = JSON.parse(
    JSON.stringify(process.report.getReport()),
  );
  const soft = report.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}

/**
 * Whether so few files may be open that what is loaded later is better loaded at the start.
 *
 * @throws Error with the limit, and what to set, where DIP can't work with it
 */
export function isShortOfFiles(limit: number): boolean {
  if (limit < leastOpenFiles)
    throw new Error(
      `DIP needs ${leastOpenFiles} open files or more, and may have ${limit} here (ulimit -n). Set more, such as \`ulimit -n 1024\`, in the shell that starts it.`,
    );
  return limit < plenty;
}
