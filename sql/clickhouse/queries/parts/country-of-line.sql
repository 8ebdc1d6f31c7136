-- The country of a cross-border line: where the goods go to, or the buyer's where they stay at home.
multiIf(
            destination_country NOT IN ('', {home_country:String}), toString(destination_country),
            buyer_country NOT IN ('', {home_country:String}), toString(buyer_country), '')
