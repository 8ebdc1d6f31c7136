-- An hour of the day from one of twelve; 99, which is none, where there is no such hour.
toString(if(toUInt8OrZero({{hour}}) BETWEEN 1 AND 12, toUInt8OrZero({{hour}}) % 12 + 12 * (lower({{half}}) IN ('pm', '下午')), 99))
