/** The product's sign and name. */
export function Brand() {
  return (
    <span className="flex items-center gap-2.5 font-semibold tracking-tight whitespace-nowrap">
      <svg aria-hidden viewBox="0 0 24 24" fill="none" className="size-6 shrink-0">
        <rect width="24" height="24" rx="6" className="fill-accent" />
        <g stroke="#fff" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
          <path d="M7 6.5v6.2a4.3 4.3 0 0 0 8.6 0V11" />
          <path d="m12.6 13.2 3-3.2 3 3.2" />
        </g>
        <circle cx="7" cy="6.5" r="1.7" fill="#fff" />
      </svg>
      Interview Webhooks
    </span>
  );
}
