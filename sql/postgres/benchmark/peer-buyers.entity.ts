import { Entity } from 'typeorm';
import { KeptFactsEntity } from './kept-facts.entity.ts';

/** To whom each owner sold in a quarter, through what and how fast. */
@Entity({ name: 'peer_buyers' })
export class PeerBuyersEntity extends KeptFactsEntity {}
