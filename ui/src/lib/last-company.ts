/** The company that was signed in to last in this browser; the sign-in page offers it. */
const LAST = 'shundan.company'

export const lastCompany = () => localStorage.getItem(LAST)

export const rememberCompany = (code: string) => localStorage.setItem(LAST, code)
