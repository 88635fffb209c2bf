/** The navigation: what stands at the left, by group, and who sees it. */
import {
  ApartmentOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BellOutlined,
  CarOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  DatabaseOutlined,
  DiffOutlined,
  FieldTimeOutlined,
  FileDoneOutlined,
  FilePdfOutlined,
  FileTextOutlined,
  GiftOutlined,
  ImportOutlined,
  MailOutlined,
  MoneyCollectOutlined,
  PhoneOutlined,
  ScheduleOutlined,
  SendOutlined,
  SettingOutlined,
  ShopOutlined,
  ShoppingCartOutlined,
  ShoppingOutlined,
  SolutionOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
  UnlockOutlined,
  UserOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

export interface NavEntry {
  path: string
  /** Catalogue key of its name. */
  label: string
  /** Without: that of the entry it stands under. */
  icon?: ReactNode
  /** Path of the entry it stands under: found by the palette and on the phone's list, and by a tab on that page. */
  under?: string
  /** Permission without which the entry is not shown. */
  need?: string
  /** Words the palette also finds it by: pinyin, initials, English. */
  words: string
}
export interface NavGroup {
  label: string
  entries: NavEntry[]
}

export const navigation: NavGroup[] = [
  {
    label: 'nav:group.work',
    entries: [
      { path: '/my-work', label: 'nav:my_work', icon: <CheckSquareOutlined />, words: 'wodegongzuo wdgz my work' },
      {
        path: '/notifications',
        label: 'nav:notifications',
        icon: <BellOutlined />,
        words: 'tongzhi tz notifications',
      },
      {
        path: '/dashboard',
        label: 'nav:dashboard',
        icon: <BarChartOutlined />,
        need: 'order.view',
        words: 'kanban yibiaopan dashboard',
      },
      {
        path: '/orders',
        label: 'nav:orders',
        icon: <FileTextOutlined />,
        need: 'order.view',
        words: 'xiaoshoudingdan xsdd dd orders',
      },
      {
        path: '/exceptions',
        label: 'nav:exceptions',
        icon: <WarningOutlined />,
        need: 'order.view',
        words: 'dingdanyichang ddyc yichang exceptions',
      },
      {
        path: '/orders/from-text',
        label: 'nav:from_text',
        under: '/orders',
        need: 'order.create',
        words: 'zhantiewenzixiadan ztwzxd wenben youjian weixin order from text paste e-mail chat',
      },
      {
        path: '/clocks',
        label: 'nav:clocks',
        icon: <ClockCircleOutlined />,
        need: 'order.view',
        words: 'shixian sx chaoshi daojishi clocks time limits deadlines',
      },
      {
        path: '/tasks',
        label: 'nav:tasks',
        icon: <ScheduleOutlined />,
        need: 'task.view',
        words: 'renwu diaodu paidan rw tasks dispatch board',
      },
      {
        path: '/tasks/list',
        label: 'nav:task_list',
        under: '/tasks',
        need: 'task.view',
        words: 'renwuliebiao rwlb task list',
      },
      {
        path: '/tasks/statistics',
        label: 'nav:task_statistics',
        under: '/tasks',
        need: 'task.view',
        words: 'renwutongji rwtj task statistics',
      },
      {
        path: '/workers',
        label: 'nav:workers',
        under: '/tasks',
        need: 'task.view',
        words: 'zhixingrenyuan zxry workers',
      },
      {
        path: '/task-kinds',
        label: 'nav:task_kinds',
        under: '/tasks',
        need: 'task.view',
        words: 'renwuleixing jineng rwlx task kinds skills',
      },
    ],
  },
  {
    label: 'nav:group.documents',
    entries: [
      {
        path: '/inquiries',
        label: 'nav:inquiries',
        icon: <SolutionOutlined />,
        need: 'inquiry.view',
        words: 'kehuxinxibeiwanglu beiwanglu xunjia bwl xj inquiries memos',
      },
      {
        path: '/inquiries/new',
        label: 'nav:inquiry_new',
        under: '/inquiries',
        need: 'inquiry.create',
        words: 'xinjianbeiwanglu dianhua xjbwl new inquiry phone',
      },
      {
        path: '/quotations',
        label: 'nav:quotations',
        icon: <SolutionOutlined />,
        need: 'quotation.view',
        words: 'baojiadan bjd bj xunjia quotations quotes',
      },
      {
        path: '/quotations/new',
        label: 'nav:quotation_new',
        under: '/quotations',
        need: 'quotation.create',
        words: 'xinjianbaojia xjbj new quotation',
      },
      {
        path: '/contracts',
        label: 'nav:contracts',
        icon: <FileDoneOutlined />,
        need: 'contract.view',
        words: 'hetong kuangjia ht contracts frame orders',
      },
      {
        path: '/contracts/new',
        label: 'nav:contract_new',
        under: '/contracts',
        need: 'contract.create',
        words: 'xinjianhetong xjht new contract',
      },
      {
        path: '/promotions',
        label: 'nav:promotions',
        icon: <TagsOutlined />,
        need: 'promotion.view',
        words: 'cuxiao youhui cx promotions discounts',
      },
      {
        path: '/rebates',
        label: 'nav:rebates',
        icon: <GiftOutlined />,
        need: 'rebate.view',
        words: 'fanli xieyi fl rebates bonus',
      },
      {
        path: '/changes',
        label: 'nav:changes',
        icon: <DiffOutlined />,
        need: 'order.view',
        words: 'dingdanbiangengdan bgd bg change orders',
      },
      {
        path: '/shipments',
        label: 'nav:shipments',
        icon: <CarOutlined />,
        need: 'shipment.view',
        words: 'xiaoshoufahuodan fhd shipments delivery notes',
      },
      {
        path: '/purchases',
        label: 'nav:purchases',
        icon: <ShoppingCartOutlined />,
        need: 'purchase.view',
        words: 'caigoudingdan cgdd cg purchase orders purchasing',
      },
      {
        path: '/purchases/new',
        label: 'nav:purchase_new',
        under: '/purchases',
        need: 'purchase.create',
        words: 'xinjiancaigou xjcg new purchase order',
      },
      {
        path: '/documents',
        label: 'nav:made_documents',
        icon: <FilePdfOutlined />,
        need: 'order.view',
        words: 'danjudangan djda dj pdf documents',
      },
      {
        path: '/invoices',
        label: 'nav:invoices',
        icon: <FileDoneOutlined />,
        need: 'invoice.view',
        words: 'fapiao fp invoices',
      },
      {
        path: '/payments',
        label: 'nav:payments',
        icon: <MoneyCollectOutlined />,
        need: 'payment.view',
        words: 'shoukuan sk payments',
      },
      {
        path: '/overrides',
        label: 'nav:overrides',
        icon: <UnlockOutlined />,
        need: 'order.view',
        words: 'fangxingjilu fx overrides gates',
      },
      {
        path: '/skipped-steps',
        label: 'nav:skipped_steps',
        need: 'order.view',
        words: 'tiaoguo buzhou tgbz skipped steps',
        under: '/overrides',
      },
      {
        path: '/follow-ups',
        label: 'nav:follow_ups',
        icon: <PhoneOutlined />,
        need: 'follow_up.view',
        words: 'huifang hf follow ups',
      },
    ],
  },
  {
    label: 'nav:group.files',
    entries: [
      {
        path: '/customers',
        label: 'nav:customers',
        icon: <TeamOutlined />,
        need: 'customer.view',
        words: 'kehu kh customers',
      },
      {
        path: '/customers/duplicates',
        label: 'nav:customer_duplicates',
        under: '/customers',
        need: 'customer.view',
        words: 'chachong chongfukehu cc duplicates merge',
      },
      {
        path: '/agents',
        label: 'nav:agents',
        under: '/customers',
        need: 'agent.view',
        words: 'dailishang dls jingxiaoshang jxs yongjin agents distributors commission',
      },
      {
        path: '/messages',
        label: 'nav:messages',
        icon: <MailOutlined />,
        need: 'customer.view',
        words: 'kehuliuyan khly liuyan messages portal',
      },
      {
        path: '/products',
        label: 'nav:products',
        icon: <ShoppingOutlined />,
        need: 'product.view',
        words: 'shangpin sp products',
      },
      {
        path: '/prices',
        label: 'nav:prices',
        icon: <TagsOutlined />,
        need: 'price.view',
        words: 'jiagezhixingfangan jg prices',
      },
      {
        path: '/exchange-rates',
        label: 'nav:exchange_rates',
        icon: <SwapOutlined />,
        need: 'price.view',
        words: 'huilv hl waibi exchange rates currency',
      },
      {
        path: '/suppliers',
        label: 'nav:suppliers',
        icon: <ShopOutlined />,
        need: 'supplier.view',
        words: 'gongyingshang gys suppliers vendors purchasing',
      },
      { path: '/stock', label: 'nav:stock', icon: <DatabaseOutlined />, need: 'stock.view', words: 'kucun kc stock' },
      {
        path: '/promise',
        label: 'nav:promise',
        icon: <FieldTimeOutlined />,
        need: 'stock.view',
        words: 'jiaoqi jq chengnuo promise atp available',
      },
      {
        path: '/quotas',
        label: 'nav:quotas',
        under: '/promise',
        need: 'quota.view',
        words: 'peie pe quotas allocation scarce',
      },
      {
        path: '/shortages',
        label: 'nav:shortages',
        under: '/promise',
        need: 'order.view',
        words: 'quehuo qh shortages',
      },
    ],
  },
  {
    label: 'nav:group.system',
    entries: [
      { path: '/import', label: 'nav:import', icon: <ImportOutlined />, need: 'import.run', words: 'daoru dr import' },
      { path: '/users', label: 'nav:users', icon: <UserOutlined />, need: 'user.view', words: 'yonghu yh users roles' },
      {
        path: '/roles',
        label: 'nav:roles',
        under: '/users',
        need: 'user.view',
        words: 'juese qx roles',
      },
      {
        path: '/tokens',
        label: 'nav:api_tokens',
        under: '/users',
        need: 'token.edit',
        words: 'jiekoulingpai lp api tokens',
      },
      {
        path: '/sessions',
        label: 'nav:sessions',
        under: '/users',
        words: 'denglu huihua sessions',
      },
      {
        path: '/absences',
        label: 'nav:absences',
        under: '/users',
        need: 'order.view',
        words: 'ligang daili qingjia xiujia lg absences substitutes',
      },
      {
        path: '/audit',
        label: 'nav:audit',
        icon: <AuditOutlined />,
        need: 'audit.view',
        words: 'shenji caozuojilu audit',
      },
      {
        path: '/warehouses',
        label: 'nav:warehouses',
        icon: <BankOutlined />,
        need: 'warehouse.edit',
        words: 'cangku ck warehouses',
      },
      {
        path: '/rules',
        label: 'nav:rules',
        icon: <ApartmentOutlined />,
        need: 'blueprint.view',
        words: 'yewuguize gz shenpi rules blueprint',
      },
      {
        path: '/notify/mail',
        label: 'nav:notify_settings',
        icon: <MailOutlined />,
        need: 'notification.edit',
        words: 'tongzhishezhi tzsz youjian yj mail smtp',
      },
      {
        path: '/notify/webhooks',
        label: 'nav:webhooks',
        under: '/notify/mail',
        need: 'notification.edit',
        words: 'webhook tuisong',
      },
      {
        path: '/notify/robots',
        label: 'nav:robots',
        under: '/notify/mail',
        need: 'notification.edit',
        words: 'qunjiqiren jqr robot dingtalk feishu',
      },
      {
        path: '/notify/templates',
        label: 'nav:notify_templates',
        under: '/notify/mail',
        need: 'notification.edit',
        words: 'tongzhimoban mb templates',
      },
      {
        path: '/deliveries',
        label: 'nav:deliveries',
        icon: <SendOutlined />,
        need: 'delivery.view',
        words: 'fasongjilu fsjl deliveries sent messages',
      },
      {
        path: '/settings',
        label: 'nav:settings',
        icon: <SettingOutlined />,
        need: 'company.edit',
        words: 'gongsishezhi sz settings company',
      },
      {
        path: '/calendars',
        label: 'nav:calendars',
        under: '/settings',
        need: 'calendar.edit',
        words: 'gongzuorili gzrl jiejiari tiaoxiu calendars holidays',
      },
      {
        path: '/settings/documents',
        label: 'nav:documents',
        under: '/settings',
        need: 'document_template.edit',
        words: 'danjumoban djmb xintou dayin documents templates letterhead typst pdf',
      },
      {
        path: '/companies',
        label: 'nav:companies',
        under: '/settings',
        need: 'company.create',
        words: 'gongsi gs zhangtao kaishe companies found',
      },
      {
        path: '/orders/learned',
        label: 'nav:learned',
        under: '/settings',
        need: 'company.edit',
        words: 'ludanyongyu ldyy xuedao learned phrases intake',
      },
    ],
  },
]

const icons = new Map(navigation.flatMap(group => group.entries.map(entry => [entry.path, entry.icon] as const)))

/** The icon of an entry: its own, or that of the entry it stands under. */
export function iconOf(entry: NavEntry): ReactNode {
  return entry.icon ?? icons.get(entry.under ?? '')
}
