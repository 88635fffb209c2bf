/** The navigation: what stands at the left, by group, and who sees it. */
import {
  ApartmentOutlined,
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BellOutlined,
  CalendarOutlined,
  CarOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  DatabaseOutlined,
  DiffOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  ImportOutlined,
  LaptopOutlined,
  MailOutlined,
  MoneyCollectOutlined,
  PhoneOutlined,
  SafetyOutlined,
  ScheduleOutlined,
  SendOutlined,
  SettingOutlined,
  ShoppingOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
  UnlockOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

export interface NavEntry {
  path: string
  /** Catalogue key of its name. */
  label: string
  icon: ReactNode
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
        icon: <ScheduleOutlined />,
        under: '/tasks',
        need: 'task.view',
        words: 'renwuliebiao rwlb task list',
      },
      {
        path: '/tasks/statistics',
        label: 'nav:task_statistics',
        icon: <BarChartOutlined />,
        under: '/tasks',
        need: 'task.view',
        words: 'renwutongji rwtj task statistics',
      },
      {
        path: '/workers',
        label: 'nav:workers',
        icon: <TeamOutlined />,
        under: '/tasks',
        need: 'task.view',
        words: 'zhixingrenyuan zxry workers',
      },
      {
        path: '/task-kinds',
        label: 'nav:task_kinds',
        icon: <TagsOutlined />,
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
        icon: <UnlockOutlined />,
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
        under: '/prices',
        need: 'price.view',
        words: 'huilv hl waibi exchange rates currency',
      },
      { path: '/stock', label: 'nav:stock', icon: <DatabaseOutlined />, need: 'stock.view', words: 'kucun kc stock' },
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
        icon: <SafetyOutlined />,
        under: '/users',
        need: 'user.view',
        words: 'juese qx roles',
      },
      {
        path: '/tokens',
        label: 'nav:api_tokens',
        icon: <ApiOutlined />,
        under: '/users',
        need: 'token.edit',
        words: 'jiekoulingpai lp api tokens',
      },
      {
        path: '/sessions',
        label: 'nav:sessions',
        icon: <LaptopOutlined />,
        under: '/users',
        words: 'denglu huihua sessions',
      },
      {
        path: '/absences',
        label: 'nav:absences',
        icon: <SwapOutlined />,
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
        icon: <ApiOutlined />,
        under: '/notify/mail',
        need: 'notification.edit',
        words: 'webhook tuisong',
      },
      {
        path: '/notify/robots',
        label: 'nav:robots',
        icon: <TeamOutlined />,
        under: '/notify/mail',
        need: 'notification.edit',
        words: 'qunjiqiren jqr robot dingtalk feishu',
      },
      {
        path: '/notify/templates',
        label: 'nav:notify_templates',
        icon: <FileTextOutlined />,
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
        icon: <CalendarOutlined />,
        under: '/settings',
        need: 'calendar.edit',
        words: 'gongzuorili gzrl jiejiari tiaoxiu calendars holidays',
      },
      {
        path: '/companies',
        label: 'nav:companies',
        icon: <BankOutlined />,
        under: '/settings',
        need: 'company.create',
        words: 'gongsi gs zhangtao kaishe companies found',
      },
    ],
  },
]
