import { type Metric, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'

/** Says each of the page's vitals as soon as it is final; loaded when the page is idle. */
export const start = (tell: (name: string, value: number, rating: string) => void): void => {
  const report = ({ name, value, rating }: Metric): void => tell(name, value, rating)
  for (const watch of [onCLS, onFCP, onINP, onLCP, onTTFB]) watch(report)
}
