/** The people of the demo company, as the cards of the sign-in page name them. */
export const PEOPLE = {
  admin: '管理员',
  sales: '销售代表',
  manager: '销售经理',
  service: '客服',
  finance: '财务',
  warehouse: '仓库',
  aftersales: '售后',
  auditor: '审计（只读）',
} as const

/** Their user names. */
export type Person = keyof typeof PEOPLE

export const COMPANY = 'demo'
export const PASSWORD = 'shundan-demo'
