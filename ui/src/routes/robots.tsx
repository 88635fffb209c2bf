export { RobotsPage as default } from '@/features/notification/RobotsPage'
