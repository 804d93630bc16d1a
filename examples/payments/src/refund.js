/** The part of a payment that is given back, in cents; half a cent goes to the customer. */
export function refund(cents, share) {
  return Math.ceil(cents * share);
}
