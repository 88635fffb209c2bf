/** Rules that forms share; the server checks all of them again. */
import type { FormRule } from 'antd'
import type { TFunction } from 'i18next'
import { compare, isDecimal } from '@/lib/decimal'
import { phoneMistake } from '@/lib/phone'

interface Limits {
  required?: boolean
  /** Smallest value allowed. */
  min?: string
  /** The value must be above it. */
  above?: string
  max?: string
  /** Digits allowed behind the point. */
  digits?: number
}

/** What is wrong with a typed number, or `null`. */
export function numberProblem(t: TFunction, value: string | null | undefined, limits: Limits): string | null {
  if (value === null || value === undefined || value === '') return limits.required ? t('common:required') : null
  if (!isDecimal(value)) return t('form:number.invalid')
  if (limits.above !== undefined && compare(value, limits.above) <= 0) {
    return t('form:number.above', { limit: limits.above })
  }
  if (limits.min !== undefined && compare(value, limits.min) < 0) return t('form:number.min', { limit: limits.min })
  if (limits.max !== undefined && compare(value, limits.max) > 0) return t('form:number.max', { limit: limits.max })
  const digits = value.split('.')[1]?.replace(/0+$/, '').length ?? 0
  if (limits.digits !== undefined && digits > limits.digits) {
    return t('form:number.digits', { digits: limits.digits })
  }
  return null
}

export function numberRule(t: TFunction, limits: Limits): FormRule {
  return {
    required: limits.required,
    validator: (_, value: string | null | undefined) => {
      const problem = numberProblem(t, value, limits)
      return problem === null ? Promise.resolve() : Promise.reject(new Error(problem))
    },
  }
}
/** A phone number that can be right, if there is one. */
export function phoneRule(t: TFunction): FormRule {
  return {
    validateTrigger: 'onBlur',
    validator: (_, value: string | null | undefined) => {
      const mistake = phoneMistake(value ?? '')
      return mistake === null ? Promise.resolve() : Promise.reject(new Error(t(`form:phone.${mistake}`)))
    },
  }
}
export function requiredRule(t: TFunction): FormRule {
  return { required: true, whitespace: true, message: t('common:required') }
}
/** A choice or a date, where an empty text cannot occur. */
export function chosenRule(t: TFunction): FormRule {
  return { required: true, message: t('common:required') }
}
