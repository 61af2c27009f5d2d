/** A mistake on the command line, as opposed to a failure of the command: the person is pointed to its help. */
export class UsageError extends Error {}
