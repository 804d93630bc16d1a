import type { Delivery } from '../state/types.ts';

/** A line of the delivery log. */
export const renderDelivery = (delivery: Delivery) => ({
  id: delivery.id,
  guid: delivery.guid,
  delivered_at: delivery.deliveredAt,
  redelivery: delivery.redelivery,
  duration: delivery.duration,
  status: delivery.status,
  status_code: delivery.statusCode,
  event: delivery.event,
  action: delivery.action,
  installation_id: delivery.installationId,
  repository_id: delivery.repositoryId,
  throttled_at: null,
});

/** One delivery with what was sent and answered. */
export const renderFullDelivery = (delivery: Delivery) => ({
  ...renderDelivery(delivery),
  url: delivery.url,
  request: { headers: delivery.request.headers, payload: JSON.parse(delivery.request.body) as unknown },
  response: { headers: delivery.response.headers, payload: delivery.response.body },
});
