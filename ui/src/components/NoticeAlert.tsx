/** Loaded with the first notice that is shown. */
export { Alert as default } from 'antd'
