export { CalendarsPage as default } from '@/features/calendar/CalendarsPage'
