/** The shortest password the server takes, in characters. */
export const PASSWORD_MIN = 10
