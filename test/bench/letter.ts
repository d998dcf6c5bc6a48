/** A letter of a complaint that nobody else writes, of some hundred words. */
export function letterOf(number: number): string {
  const amount = (20 + (number % 500) + 0.25).toFixed(2);
  const complaint = complaints[number % complaints.length];
  return `To whom it may concern,

${complaint} This is about account ${40_000_000 + number * 7} and the amount of $${amount}.
I have called your office three times and got three different answers. On June ${1 + (number % 28)} I was told that it would
take nine days, and since then nobody has written to me. I have been a customer for twelve years and never had a reason to
complain before. Please correct this, and confirm it to me in writing before the end of the month.

Yours sincerely,
Jo Kittiwake the ${number}th
`;
}

const complaints = [
  'My credit card was charged twice by the same hotel and you refuse to refund the late fee.',
  'A debt collector calls me at work every day about a debt that is not mine and threatens to sue me.',
  'My credit report shows an account that I never opened; I disputed it twice with the credit bureau.',
  'You raised the escrow payment of my mortgage and will not tell me how my property taxes changed.',
  'My student loan servicer lost my income-driven repayment plan and put the loan into forbearance.',
  'I sent money by money transfer to my sister and it never arrived, and nobody gives it back to me.',
  'You closed my checking account, and the overdraft fees on the bank account were never my fault.',
];
