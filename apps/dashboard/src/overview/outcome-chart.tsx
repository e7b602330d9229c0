import type { Overview } from '@interview-webhooks/schema';
import { AxisBottom, AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { useParentSize, type UseParentSizeConfig } from '@visx/responsive';
import { scaleBand, scaleLinear, scaleOrdinal } from '@visx/scale';
import { BarStack } from '@visx/shape';
import { useState } from 'react';
import { formatCount, formatRate } from '../lib/figures.ts';
import { bucketTimes, labelledBars } from './bucket-times.ts';
import { ended, type Outcome, outcomes } from './outcomes.ts';
import { type ShownBar, OutcomeTooltip } from './outcome-tooltip.tsx';

const HEIGHT = 232;
const BOTTOM = 26;
const TOP = 8;
/** A label such as `Nov 23` and the space around it. */
const LABEL_WIDTH = 62;
const LEAST_BAR = 1.5;

/** Always the same object: with another one it begins to measure anew. */
const measuring: UseParentSizeConfig = { debounceTime: 50, ignoreDimensions: ['height', 'top', 'left'] };

type Point = Overview['points'][number];

const color = scaleOrdinal<Outcome, string>({
  domain: outcomes.map(({ outcome }) => outcome),
  range: outcomes.map(({ fill }) => fill),
});
const keys = outcomes.map(({ outcome }) => outcome);
const label = {
  className: 'fill-ink-muted text-[11px] tabular-nums',
  fill: undefined,
  fontFamily: undefined,
};

interface OutcomeChartProps {
  overview: Overview;
  /** Called with the bar that was pressed. */
  onOpen: (point: Point) => void;
}

/** Deliveries over time, stacked by how they ended. What it shows is in the table beside it, too. */
export function OutcomeChart({ overview, onOpen }: OutcomeChartProps) {
  // Its height never changes, so that nothing on the page moves when its width is known.
  const { parentRef, width } = useParentSize(measuring);
  const [shown, setShown] = useState<ShownBar | null>(null);
  return (
    <div ref={parentRef} className="relative h-58">
      {width > 0 && <Bars overview={overview} width={width} onShow={setShown} onOpen={onOpen} />}
      {shown && <OutcomeTooltip overview={overview} bar={shown} width={width} />}
    </div>
  );
}

interface BarsProps extends OutcomeChartProps {
  width: number;
  onShow: (bar: ShownBar | null) => void;
}

function Bars({ overview, width, onShow, onOpen }: BarsProps) {
  const { points, range, bucket_hours } = overview;
  const most = Math.max(4, ...points.map(ended));
  const left = 14 + 7 * formatCount(most).length;
  const x = scaleBand({ domain: points.map(({ at }) => at), range: [left, width], padding: 0.28 });
  const y = scaleLinear({ domain: [0, most], range: [HEIGHT - BOTTOM, TOP], nice: 4 });
  const counts = y.ticks(4).filter(Number.isInteger);
  const times = bucketTimes(range, bucket_hours);
  return (
    <svg role="img" aria-label={summary(overview)} width={width} height={HEIGHT} className="block">
      <GridRows
        scale={y}
        left={left}
        width={width - left}
        tickValues={counts}
        stroke=""
        className="[&_line]:stroke-line"
      />
      <BarStack data={points} keys={keys} x={({ at }) => at} xScale={x} yScale={y} color={color}>
        {(stacks) =>
          stacks.flatMap(({ bars }) =>
            bars
              .filter(({ height }) => height > 0)
              .map(({ key, index, x: left_, y: top, width: wide, height, color: fill }) => (
                <rect
                  key={`${key} ${index}`}
                  x={left_}
                  // What is there is seen, also beside a thousand times as much.
                  y={Math.min(top, top + height - LEAST_BAR)}
                  width={wide}
                  height={Math.max(LEAST_BAR, height)}
                  rx={Math.min(2, wide / 4)}
                  className={fill}
                />
              )),
          )
        }
      </BarStack>
      <AxisLeft
        scale={y}
        left={left}
        tickValues={counts}
        tickFormat={(count) => formatCount(Number(count))}
        tickLabelProps={{ ...label, dx: -4, dy: '0.32em', textAnchor: 'end' }}
        hideAxisLine
        hideTicks
      />
      <AxisBottom
        scale={x}
        top={HEIGHT - BOTTOM}
        tickValues={labelledBars(overview, Math.floor((width - left) / LABEL_WIDTH))}
        tickFormat={times.tick}
        tickLabelProps={{ ...label, dy: 2, textAnchor: 'middle' }}
        axisClassName="[&_line]:stroke-line-strong"
        stroke=""
        hideTicks
      />
      {points.map((point) => (
        <rect
          key={point.at}
          x={(x(point.at) ?? 0) - (x.step() - x.bandwidth()) / 2}
          width={x.step()}
          height={HEIGHT - BOTTOM}
          className="cursor-pointer fill-transparent hover:fill-ink/5"
          onPointerEnter={() => {
            onShow({ point, middle: (x(point.at) ?? 0) + x.bandwidth() / 2 });
          }}
          onPointerLeave={() => {
            onShow(null);
          }}
          onClick={() => {
            onOpen(point);
          }}
        />
      ))}
    </svg>
  );
}

function summary({ total }: Overview): string {
  const rate = total.success_rate === null ? '' : `, ${formatRate(total.success_rate)} of them received`;
  return `Deliveries over time: ${formatCount(ended(total))} ended${rate}. The same figures are in the table.`;
}
