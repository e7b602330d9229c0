import type { AuditAction } from '@interview-webhooks/schema';
import {
  Eye,
  History,
  KeyRound,
  LogIn,
  LogOut,
  type LucideIcon,
  PenLine,
  PowerOff,
  Radio,
  RotateCw,
  Square,
  Trash2,
  Undo2,
} from 'lucide-react';

/** Every action in words, in the order in which they can be chosen. */
export const actionWords: Readonly<Record<AuditAction, { icon: LucideIcon; title: string }>> = {
  'settings.updated': { icon: PenLine, title: 'Settings changed' },
  'settings.restored': { icon: History, title: 'Settings restored' },
  'settings.disabled': { icon: PowerOff, title: 'Webhook switched off' },
  'interview-settings.updated': { icon: PenLine, title: 'Settings of an AI interview changed' },
  'interview-settings.dropped': { icon: Undo2, title: 'AI interview set back to the global settings' },
  'interview-settings.disabled': { icon: PowerOff, title: 'Webhook switched off for AI interviews' },
  'signing-secret.revealed': { icon: Eye, title: 'Signing secret revealed' },
  'signing-secret.rotated': { icon: KeyRound, title: 'Signing secret rotated' },
  'requests.listened': { icon: Radio, title: 'Listened to requests as they went out' },
  'api-key.created': { icon: KeyRound, title: 'API key created' },
  'api-key.revoked': { icon: Trash2, title: 'API key revoked' },
  'session.started': { icon: LogIn, title: 'Signed in' },
  'session.ended': { icon: LogOut, title: 'Signed out' },
  'delivery.redelivered': { icon: RotateCw, title: 'Delivery sent again' },
  'delivery.cancelled': { icon: Square, title: 'Delivery stopped' },
  'redelivery.created': { icon: RotateCw, title: 'Many deliveries sent again' },
  'redelivery.cancelled': { icon: Square, title: 'Sending many again stopped' },
  'demo.removed': { icon: Trash2, title: 'Demo removed' },
};
